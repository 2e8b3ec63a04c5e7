import { GraphiQL } from 'graphiql';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';
import documents from 'operations';

const endpoint = new URL('/graphql', window.location.href);
const socket = new URL(endpoint);
socket.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';

// What stands in the Headers tab goes along over WebSocket too: reading is open, writing takes a key.
const authorization = () => {
  try {
    const headers = JSON.parse(window.localStorage.getItem('graphiql:headers') ?? '{}');
    return { authorization: headers.Authorization ?? headers.authorization };
  } catch {
    return {};
  }
};

const fetcher = createGraphiQLFetcher({
  url: endpoint.href,
  wsClient: createClient({ url: socket.href, connectionParams: authorization, lazy: true }),
});

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={fetcher}
    // A made-up key in the headers would be refused for reading too: the documents say where to put a real one.
    defaultTabs={documents.map(({ query }) => ({ query, headers: '{}' }))}
    defaultEditorToolsVisibility="variables"
    isHeadersEditorEnabled
    shouldPersistHeaders
    title="Saksgang"
  />,
);
