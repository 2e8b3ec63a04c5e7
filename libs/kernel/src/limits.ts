/** Part of the contract on every engine: each has a name and a unit, and tests lie just above and just below. */
export const POINT_DEPTH_MAX = 16; // levels
export const POINTS_MAX = 2_000; // points of one resolution
export const TEXT_BYTES_MAX = 65_536; // UTF-8 bytes of one text field
export const TITLE_BYTES_MAX = 2_000; // UTF-8 bytes of a title or a name
export const APPEND_BYTES_MAX = 900_000; // leaf bytes of one append
export const COMMAND_ID_CHARS_MAX = 64; // characters
export const PAGE_SIZE_DEFAULT = 25; // rows
export const PAGE_SIZE_MAX = 100; // rows
export const AWAIT_MS_MAX = 2_000; // ms a request waits for a projection
export const STREAM_ENTRIES_MAX = 100_000; // entries of one item
export const LIST_MAX = 500; // elements of a list in one input (parties, links, votes)
