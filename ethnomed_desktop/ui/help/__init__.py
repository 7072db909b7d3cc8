"""The help of the program, in large print."""
