"""Every screen that people can come to, on one page: found by tapping every button, drawn in two languages side by side."""
