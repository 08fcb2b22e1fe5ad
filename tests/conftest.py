"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # how long a test takes says more of the machine than of the code
settings.load_profile("untimed")
