/** The examples of an operation, as media types carry them. */
export interface OperationExamples {
  readonly request: Readonly<Record<string, never>>;
  readonly answer: Readonly<Record<string, never>>;
}

export function examplesOf(_operationId: string): OperationExamples {
  return { request: {}, answer: {} };
}
