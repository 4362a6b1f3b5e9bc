print("tulou")
