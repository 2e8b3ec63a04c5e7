/** What was wrong, where, and in which language-neutral code. `path` is from the root of the parsed value. */
export type Issue = Readonly<{ path: readonly string[]; code: string; message: string }>;

export type Parsed<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; issues: readonly Issue[] }>;

/** Turns unknown JSON into T or says every issue. Never throws on bad input. Kinds build them with the schema library. */
export type Parser<T> = (value: unknown) => Parsed<T>;
