"""`python -m texgrad`: the command line, under the name of the module."""

from texgrad.cli import main

if __name__ == "__main__":
    main(prog_name="texgrad")
