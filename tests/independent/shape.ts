// The second decoder's schemas: which fields a structure has, and nothing besides.
import { refuse } from "./bytes.ts";
import type { Value } from "./cbor.ts";

export type Shape = (value: Value, path: string) => void;

const wrong = (path: string): never => refuse(`shape: ${path}`);

export const bytes =
  (length: number): Shape =>
  (value, path) => {
    if (!(value instanceof Uint8Array) || value.length !== length) wrong(path);
  };
export const bytesUpTo =
  (most: number): Shape =>
  (value, path) => {
    if (!(value instanceof Uint8Array) || value.length > most) wrong(path);
  };
export const int =
  (least = 0, most: number = Number.MAX_SAFE_INTEGER): Shape =>
  (value, path) => {
    if (typeof value !== "number" || value < least || value > most) wrong(path);
  };
export const string =
  (most: number): Shape =>
  (value, path) => {
    if (typeof value !== "string" || value.length > most) wrong(path);
  };
export const oneOf =
  (...words: readonly string[]): Shape =>
  (value, path) => {
    if (typeof value !== "string" || !words.includes(value)) wrong(path);
  };
export const exactly =
  (wanted: number | string): Shape =>
  (value, path) => {
    if (value !== wanted) wrong(path);
  };
export const bool: Shape = (value, path) => {
  if (typeof value !== "boolean") wrong(path);
};
export const orNull =
  (shape: Shape): Shape =>
  (value, path) => {
    if (value !== null) shape(value, path);
  };
/** A field that may be absent, and is never null. */
export const maybe = (shape: Shape): Shape => Object.assign((...a: Parameters<Shape>) => shape(...a), { absent: true });
const mayBeAbsent = (shape: Shape) => "absent" in shape;
export const list =
  (shape: Shape, most: number, least = 0): Shape =>
  (value, path) => {
    if (!Array.isArray(value) || value.length > most || value.length < least) return wrong(path);
    for (const item of value) shape(item, `${path}[]`);
  };
/** Every field named, none more. */
export const map =
  (fields: { readonly [key: string]: Shape }): Shape =>
  (value, path) => {
    if (value === null || typeof value !== "object" || Array.isArray(value) || value instanceof Uint8Array)
      return wrong(path);
    for (const key of Object.keys(value)) if (!Object.hasOwn(fields, key)) wrong(`${path}.${key}`);
    for (const [key, shape] of Object.entries(fields)) {
      const field = value[key];
      if (field === undefined) mayBeAbsent(shape) || wrong(`${path}.${key}`);
      else shape(field, `${path}.${key}`);
    }
  };
/** A map whose inside is judged elsewhere. */
export const anyMap: Shape = (value, path) => {
  if (value === null || typeof value !== "object" || Array.isArray(value) || value instanceof Uint8Array) wrong(path);
};
