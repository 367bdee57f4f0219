"""The site over a library: pages to look through readings with, served from this machine and loading nothing else."""
