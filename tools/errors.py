"""Every error that focalface raises on purpose, drawn as a tree.

    FocalFaceError                  the root: catch this to catch them all
    ├── UsageError                  the call itself is wrong; the caller can mend it
    │   ├── UnknownRegionError      no such region name; near names are suggested
    │   ├── BadRegionError          a box, polygon or point that cannot be a region
    │   ├── UnknownHandleError      an image_id, face_id or region_id that is not known any more
    │   └── SettingsError           a setting, flag or option with a bad value
    ├── ImageError                  the picture cannot be used
    │   ├── ImageNotFoundError      missing, a directory, or not allowed to be read
    │   ├── NotAnImageError         empty, truncated or not a picture at all
    │   │   └── UnsupportedImageError   a picture, but of a kind that is not read here
    │   └── ImageTooLargeError      more bytes or pixels than the limits
    ├── ModelError                  a model cannot do its work
    │   ├── ModelMissingError       weights or an optional package are not installed
    │   ├── ModelDamagedError       size or hash of a weight file is wrong
    │   ├── DeviceError             a device was demanded that is not there
    │   └── RemoteError             a remote endpoint failed, refused or timed out
    ├── DeadlineError               the time allowed is over; what was finished is kept
    ├── StoppedError                the call was cancelled while it was at work
    └── BusyError                   too many calls wait already; the message says when to come back

Each message is one sentence that says what is wrong and what to do next. Exit codes of the
command line: ``UsageError`` 2, everything else 1.
"""


class FocalFaceError(Exception):
    """Root of the tree; the message is fit to be shown to a user as it stands."""


class UsageError(FocalFaceError):
    """The call is wrong; mend the argument that the message names and call again."""


class UnknownRegionError(UsageError):
    """No region of that name; the message lists the nearest atlas names."""


class BadRegionError(UsageError):
    """A custom region without area or outside the picture; give pixels of the displayed picture."""


class UnknownHandleError(UsageError):
    """A handle that was never given out or has expired; the message says what to call again."""


class SettingsError(UsageError):
    """A setting has a bad value; the message names the setting and what it accepts."""


class ImageError(FocalFaceError):
    """The picture cannot be used; the message says why and what would work."""


class ImageNotFoundError(ImageError):
    """The path is missing, a directory, or may not be read; check the path and its permissions."""


class NotAnImageError(ImageError):
    """The bytes are empty, truncated or no picture in a format that is read; give another file."""


class UnsupportedImageError(NotAnImageError):
    """A picture of a kind that is not read here; the message names it and what to save instead."""


class ImageTooLargeError(ImageError):
    """More bytes or pixels than allowed; shrink the picture or raise the limit in the settings."""


class ModelError(FocalFaceError):
    """A model cannot do its work; ``focalface doctor`` shows what runs here and why."""


class ModelMissingError(ModelError):
    """Weights or an optional package are missing; the message says how to install them."""


class ModelDamagedError(ModelError):
    """A weight file has the wrong size or hash; reinstall the package or fetch the file again."""


class DeviceError(ModelError):
    """A device was demanded that this machine lacks; choose another or leave the choice to us."""


class RemoteError(ModelError):
    """A remote endpoint failed, refused or timed out; check the address, the key and the model."""


class DeadlineError(FocalFaceError):
    """The time allowed is over; ask for fewer regions or allow more time."""


class StoppedError(FocalFaceError):
    """The call was cancelled, or its server is closing; nothing has to be done."""


class BusyError(FocalFaceError):
    """Too many calls wait already; the message says after how many seconds to try again."""
