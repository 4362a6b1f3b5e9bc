// First resident of the room; replaced by its real files.
