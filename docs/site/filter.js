// Filters the list of codes as one types. Without this script the page is the
// plain list. "words" (words.js) has for each code its phrases, what people say
// when they mean it, the vendors that use it, and the words of its card.
(() => {
  'use strict';
  const form = document.getElementById('filter');
  const input = document.getElementById('q');
  const found = document.getElementById('found');
  const results = document.getElementById('results');
  const list = results.querySelector('ul');
  const lists = document.getElementById('lists');

  const plain = (s) => s.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, ' ').trim();
  const items = [...lists.querySelectorAll('li[data-code]')].map((li) => {
    const code = li.dataset.code;
    const w = words[code] || {};
    return {
      li,
      code,
      names: [code, ...(w.names || [])].map(plain),
      said: (w.said || []).map(plain),
      vendors: (w.vendors || []).map(plain),
      card: ' ' + (w.card || '') + ' ',
    };
  });

  const begins = (text, word) => (' ' + text).includes(' ' + word);

  // How well an item fits: 0 where a word of the query is nowhere.
  function score(item, query) {
    const asked = query.split(' ');
    const number = asked.find((w) => /^[1-9][0-9x]{0,2}$/.test(w));
    if (number && asked.length === 1) {
      const prefix = number.replace(/x+$/, '');
      return item.code.startsWith(prefix) ? 100 : 0;
    }
    let sum = 0;
    for (const w of asked) {
      let best = 0;
      if (item.names.some((n) => begins(n, w))) best = 10;
      else if (item.vendors.some((n) => begins(n, w))) best = 8;
      else if (item.said.some((s) => begins(s, w))) best = 6;
      else if (item.card.includes(' ' + w)) best = 2;
      if (!best) return 0;
      sum += best;
    }
    sum /= asked.length;
    if (item.names.includes(query)) sum += 60;
    else if (item.names.some((n) => n.startsWith(query))) sum += 40;
    else if (item.said.includes(query)) sum += 30 - item.said.indexOf(query) / 10;
    else if (item.said.some((s) => s.startsWith(query))) sum += 20;
    else if (item.said.some((s) => begins(s, query))) sum += 10;
    return sum;
  }

  const places = items.map(({ li }) => ({ li, parent: li.parentNode }));
  function restore() {
    for (const p of places) p.parent.append(p.li);
  }

  function show() {
    const query = plain(input.value);
    restore();
    results.hidden = !query;
    lists.hidden = !!query;
    if (!query) {
      found.textContent = '';
      return;
    }
    const hits = items
      .map((item) => ({ item, score: score(item, query) }))
      .filter((h) => h.score > 0)
      .sort((a, b) => b.score - a.score);
    for (const h of hits) list.append(h.item.li);
    found.textContent = hits.length === 0 ? 'Nothing is known of these words. Fewer may help.'
      : hits.length === 1 ? '1 code. Enter opens it.'
        : hits.length + ' codes, the likeliest first. Enter opens the first.';
  }

  function remember() {
    const url = new URL(location.href);
    if (input.value) url.searchParams.set('q', input.value);
    else url.searchParams.delete('q');
    try {
      history.replaceState(null, '', url);
    } catch {
      // A page that is read from a file has no history to write.
    }
  }

  const links = () => [...list.querySelectorAll('a')];
  input.addEventListener('input', () => { show(); remember(); });
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    const first = results.hidden ? null : links()[0];
    if (first) first.click();
  });
  input.addEventListener('keydown', (e) => {
    if (e.key === 'ArrowDown' && links()[0]) {
      e.preventDefault();
      links()[0].focus();
    } else if (e.key === 'Escape' && input.value) {
      e.preventDefault();
      input.value = '';
      show();
      remember();
    }
  });
  list.addEventListener('keydown', (e) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (e.key === 'ArrowDown' && all[at + 1]) {
      e.preventDefault();
      all[at + 1].focus();
    } else if (e.key === 'ArrowUp') {
      e.preventDefault();
      (all[at - 1] || input).focus();
    } else if (e.key === 'Escape') {
      input.focus();
    }
  });
  document.addEventListener('keydown', (e) => {
    if (e.key === '/' && document.activeElement !== input && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      input.focus();
      input.select();
    }
  });

  form.hidden = false;
  const asked = new URL(location.href).searchParams.get('q');
  if (asked && !input.value) input.value = asked;
  show();
})();
