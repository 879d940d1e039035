"""What a browser tab holds for the server, so that another copy goes on where one stopped."""
