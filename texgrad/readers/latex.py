SUFFIXES=(".tex",".ltx")
def read(source, known=()): raise NotImplementedError
