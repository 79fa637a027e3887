import { Badge, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Disclosure } from '../reference/disclosure.tsx';
import { CodeBlock } from '../samples/code-block.tsx';
import type { Answer } from './send.ts';

/** What the server answered. */
export function TryAnswer({ answer: { status, reason, milliseconds, headers, body } }: { answer: Answer }) {
  const { t } = useTranslation('docs');
  return (
    <>
      <Group gap="xs" mb="xs">
        <Badge variant="light" color={status < 400 ? 'punch' : 'red'} size="lg" radius="sm" tt="none">
          {t('try.status', { status, reason })}
        </Badge>
        <Text size="xs" c="dimmed">
          {t('try.took', { milliseconds })}
        </Text>
      </Group>
      {'bytes' in body && <Text size="sm">{t('try.bytes', { count: body.bytes })}</Text>}
      {'text' in body && body.text !== '' && (
        <CodeBlock code={body.text} language={body.language} label={t('try.answer')} />
      )}
      <Disclosure summary={t('try.headers')}>
        <Table aria-label={t('try.headers')} fz="xs">
          <Table.Tbody>
            {headers.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th>{name}</Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Disclosure>
    </>
  );
}
