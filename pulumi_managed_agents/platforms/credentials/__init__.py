"""What a request is made with, where it comes from, and how it is renewed.

choice      which of the credentials that are configured is used, and why
profiles    the profiles of the official SDK: files, with who may read and write them
identity    identity tokens: from a variable, a file, or the job of GitHub Actions
exchange    an identity token, a login or a service account's key becomes an access token
federation, login, service_account
            the three of them
renewal     one access token for all threads and processes, renewed before it expires
kept        the file in which processes share it
reading     how files with credentials are read
signing     puts it on requests, and makes one again that was refused
"""
