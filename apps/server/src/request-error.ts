import type { Problem } from '@tutti/contract/api';
import { FilterError, failureOf } from '@tutti/workflows';

type Field = NonNullable<Problem['fields']>[number];

/** A request that cannot be answered as it stands, for a reason that no schema sees. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly title: string;
  readonly fields: readonly Field[] | undefined;
  /** That the answer has. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    detail: string,
    {
      fields,
      headers = {},
    }: { readonly fields?: readonly Field[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.status = status;
    this.title = title;
    this.fields = fields;
    this.headers = headers;
  }
}

/** The request says something that is not as it should be. */
export function wrongFields(fields: readonly Field[]): RequestError {
  const detail = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new RequestError(400, 'The request is not as it should be', detail, { fields });
}

/**
 * Reads what a field says.
 * @throws RequestError that names the field, and the place in it where that is known, when `read` refuses it
 */
export function inField<Value>(field: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw fieldError(field, error);
  }
}

/** What was thrown over a field, as an error of the request where it is one. */
export function fieldError(field: string, error: unknown): unknown {
  if (error instanceof FilterError) {
    const { message, at, length } = error;
    return wrongFields([{ field, message, at, length }]);
  }
  const { kind, message } = failureOf(error);
  return kind === 'unsupported' ? wrongFields([{ field, message }]) : error;
}
