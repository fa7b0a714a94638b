// Settings that name a file or a folder may name a PostgreSQL database where one can be used instead.

export function isPostgresUrl(text: string | null): text is string {
  return text !== null && /^postgres(ql)?:\/\/./.test(text);
}
