"""What a user can mend, told in one sentence without a traceback."""


class UserError(Exception):
    """The root: says what happened, where, and what to do."""


class LedgerError(UserError):
    """The ledger could not be opened, read or written."""


class BusyError(UserError):
    """Another run holds the brand."""


class SchemaError(UserError):
    """A table does not have the columns or values that its schema declares."""
