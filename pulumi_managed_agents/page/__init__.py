"""What is looked at, as plain values and as a page. It knows nothing of the rest: the emulator shows its world with it.

overview, concerns      what is looked at, and what of it needs somebody
site                    the page: which part of an overview a request is for, and the files beside it
parts, tables, charts, graph, details
                        markup, made of an overview
"""
