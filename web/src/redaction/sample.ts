// Where to start from: rules that show what a rule can say, and invented lines to try them on.

export const STARTER = `version: 1
rules:
  - name: customer numbers
    pattern: 'CUST-[0-9]{6}'
    kind: official-number
  - name: projects
    words: [bluebird]
# names whose values are always hidden
keys: [acme_pin]
# what stays, whatever we think
allow:
  patterns: ['10\\.0\\.0\\.\\d+']
# used besides the rest for the cases of a product
profiles:
  shop:
    rules:
      - name: baskets
        pattern: 'basket-[0-9a-f]{8}'
`;

export const SAMPLE_LINES = `2026-11-24T09:41:05Z INFO gateway accepted 10.0.0.7 for CUST-204817
2026-11-24T09:41:06Z WARN ledger login of user=msample from 10.42.3.17 password=not-a-real-one
2026-11-24T09:41:07Z INFO shop basket-3f9a02c1 of jo.sample@example.net, project Bluebird
{"time":"2026-11-24T09:41:08Z","trace":"4bf92f3577b34da6a3ce929d0e0e4736","acme_pin":"4711","ok":true}
2026-11-24T09:41:09Z INFO ledger request 7f0c1b52 took 31 ms`;
