"""What a person can do; window and command line call only this."""
