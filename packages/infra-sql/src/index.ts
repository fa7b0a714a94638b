// SQL building blocks for PostgreSQL and SQLite: journal, documents and queries.
export {};
