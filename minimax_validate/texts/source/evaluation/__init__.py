"""What expressions are worth without running the program: values with holes."""
