"""``python -m pullquote``: the same as the command ``pullquote``."""

from .cli import main

if __name__ == "__main__":
    main()
