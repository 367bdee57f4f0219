"""Reading on many machines: tables of reviews in, a folder of Parquet out, by a distributed engine."""
