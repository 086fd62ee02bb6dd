export { ACCOUNT_OPERATIONS } from './accounts.ts';
export { type Client, createClient, ProblemError, type Said } from './client.ts';
export { EXAMPLE } from './examples.ts';
export { type Needs, ROLES, type Role, SCOPES, type Scope } from './needs.ts';
export { openApiDocument } from './openapi.ts';
export { type Operation, STATUS_OF } from './operation.ts';
export {
  type Answer,
  API_BASE,
  type Asked,
  type EventsOperation,
  type MediaOperation,
  OPERATIONS,
  type OperationName,
  type ToldEvent,
} from './operations.ts';
export { PROBLEM_TYPE, type Problem, problemSchema } from './problem.ts';
