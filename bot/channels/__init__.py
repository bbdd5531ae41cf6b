"""The outside worlds, a file each."""
