"""How much one machine takes in, decides and prints, each figure beside a yardstick measured in the same run."""
