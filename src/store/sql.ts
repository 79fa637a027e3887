/** SQL text with bound parameters. Everything a client sends travels as a parameter, never as text. */
export { default as sql, empty, join, raw, Sql } from 'sql-template-tag';
