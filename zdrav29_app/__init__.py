import warnings

from authlib.deprecate import AuthlibDeprecationWarning

# it speaks of its next version, at every start, to people who cannot do anything about it
warnings.simplefilter("ignore", AuthlibDeprecationWarning)
