"""The law of terms as pure functions over dated data: no clock, no input or output."""
