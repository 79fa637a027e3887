import { Stack } from '@mantine/core';
import { useState } from 'react';
import { ChooseApplication, type Chosen } from './choose-application.tsx';
import { Exchange } from './exchange.tsx';
import { here } from './grant.ts';
import { Permission } from './permission.tsx';
import { TakeCode } from './take-code.tsx';
import { UseToken } from './use-token.tsx';

/** The way of OAuth 2.0: an application asks a person for permission. */
export function OAuthWay() {
  const [state] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  const [chosen, setChosen] = useState<Chosen>();
  const [code, setCode] = useState('');
  const [token, setToken] = useState<string>();
  const uris = chosen?.application.redirectUris ?? [];
  const redirectUri = uris.includes(here) ? here : (uris[0] ?? '');
  const choose = (next: Chosen | undefined) => {
    if (next?.application.clientId !== chosen?.application.clientId) {
      setCode('');
      setToken(undefined);
    }
    setChosen(next);
  };
  const ready = chosen !== undefined && chosen.secret !== '';
  return (
    <Stack>
      <ChooseApplication chosen={chosen} onChoose={choose} />
      <Permission clientId={chosen?.application.clientId} redirectUri={redirectUri} state={state} done={code !== ''} />
      <TakeCode
        key={chosen?.application.clientId}
        state={state}
        open={chosen !== undefined}
        code={code}
        onCode={setCode}
      />
      <Exchange
        grant={
          ready && code !== ''
            ? {
                grant_type: 'authorization_code',
                client_id: chosen.application.clientId,
                client_secret: chosen.secret,
                code,
                redirect_uri: redirectUri,
              }
            : undefined
        }
        done={token !== undefined}
        onToken={setToken}
      />
      <UseToken number={5} token={token} />
    </Stack>
  );
}
