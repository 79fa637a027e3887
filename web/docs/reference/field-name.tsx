import { Code } from '@mantine/core';
import { Fragment } from 'react';

/** The name of a property; long ones break behind their underscores. */
export function FieldName({ name }: { name: string }) {
  return (
    <Code>
      {[...name.matchAll(/[^_]*_|[^_]+/g)].map(({ 0: part, index }) => (
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </Code>
  );
}
