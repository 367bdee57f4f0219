"""Parts of ``bench/linking.py``: readings kept between runs, pairs to fit on, and where recall is lost."""
