"""Makes the files of residents safe to open, as a program of its own: what is in them never meets a secret of ours."""
