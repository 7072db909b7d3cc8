"""The first page: what needs attention, what is near, what one was doing."""
