"""Gold and ratings to weights: pretraining, fine-tuning, tuning and export (needs the extra `train`)."""
