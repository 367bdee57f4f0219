"""The folder of readings (docs/scale.md): loaded into a library without reading again, or asked where it lies."""
