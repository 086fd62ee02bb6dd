import type { z } from 'zod';
import type { Operation } from './operation.ts';
import { addRoot, listRoots, removeRoot } from './roots.ts';

/** Below what all paths are. */
export const API_BASE = '/api/v1';

/** All that the service does, by name. */
export const OPERATIONS = { listRoots, addRoot, removeRoot } as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;
type Shape<Name extends OperationName> = (typeof OPERATIONS)[Name];

/** What an operation is given once it is checked. */
export interface Asked<Name extends OperationName> {
  readonly params: z.output<Shape<Name>['params']>;
  readonly query: z.output<Shape<Name>['query']>;
  readonly body: Shape<Name>['body'] extends z.ZodType ? z.output<Shape<Name>['body']> : undefined;
}

/** What it answers. */
export type Answer<Name extends OperationName> = Shape<Name>['answer']['schema'] extends z.ZodType
  ? z.output<Shape<Name>['answer']['schema']>
  : undefined;
