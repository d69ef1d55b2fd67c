print("half way")
value = 1
raise ImportWarning("broken on purpose")
