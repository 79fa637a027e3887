import { NativeSelect, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../samples/code-block.tsx';
import { examplesOf, mediaOf } from './example.ts';
import type { Endpoint } from './model.ts';
import type { Schemas } from './schema.ts';
import { useSchemas } from './use-api.ts';

/** Answers as they come over the wire: the first that succeeds, others to choose. */
export function ExampleAnswer({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('docs');
  const all = answersOf(endpoint, useSchemas());
  const [chosen, setChosen] = useState(0);
  const shown = all[chosen];
  if (shown === undefined) return null;
  return (
    <>
      <Title order={3} size="h5">
        {t('endpoint.example')}
      </Title>
      {all.length > 1 && (
        <NativeSelect
          size="xs"
          mb={6}
          aria-label={t('endpoint.exampleOf')}
          value={chosen}
          onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
          data={all.map(({ title }, index) => ({ value: String(index), label: title }))}
        />
      )}
      <CodeBlock code={shown.text} language={shown.language} />
    </>
  );
}

function answersOf({ answers }: Endpoint, schemas: Schemas): { title: string; text: string; language: string }[] {
  const written = answers.flatMap(({ status, response }) => {
    const body = mediaOf(response.content);
    if (body === undefined || (!status.startsWith('2') && body.media.example === undefined && !body.media.examples)) {
      return [];
    }
    return examplesOf(body.media, schemas).map(({ summary, value }) => ({
      title: summary === '' ? status : `${status} · ${summary}`,
      text: typeof value === 'string' ? value : JSON.stringify(value, null, 2),
      language: /xml/.test(body.type) ? 'xml' : /json/.test(body.type) ? 'json' : 'text',
    }));
  });
  return written.sort((a, b) => Number.parseInt(a.title, 10) - Number.parseInt(b.title, 10));
}
