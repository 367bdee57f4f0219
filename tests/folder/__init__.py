"""Tests of `pullquote.folder`."""
