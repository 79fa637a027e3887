import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LinkCard } from '../../components/link-card.tsx';
import { sections } from './sections.ts';

/** A card for each kind of access. */
export function AccessCards() {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {sections.map(({ to, text, icon: Icon }) => (
        <LinkCard
          key={to}
          to={to}
          icon={<Icon size={22} />}
          title={t(`access.${text}.title`)}
          text={t(`access.${text}.text`)}
        />
      ))}
    </SimpleGrid>
  );
}
