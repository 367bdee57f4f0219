"""The pages, one file each; every one has a router that `pullquote.web.app` takes up."""
