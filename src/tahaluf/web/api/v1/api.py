"""x"""
def v1_urls(): return ([], "v1", "v1")
