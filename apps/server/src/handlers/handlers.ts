import type { Answer, Asked, OperationName } from '@tutti/contract/api';
import type { UserLibrary } from '@tutti/workflows';

/** What handlers work with. */
export interface Service {
  readonly library: UserLibrary;
}

/** What does each operation: all of them, or the service does not compile. */
export type Handlers = {
  readonly [Name in OperationName]: (service: Service, asked: Asked<Name>) => Promise<Answer<Name>>;
};
