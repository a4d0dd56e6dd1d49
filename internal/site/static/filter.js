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
  const squash = (text) => text.replaceAll(' ', '');

  // What people type around the words that count.
  const noise = new Set('a an and at for from get got http i in is it my of on our status code statuscode the this to we with'.split(' '));

  function wordsOf(query) {
    const all = query.split(' ').map((w) => w.replace(/^status(?=.)/, ''));
    const telling = all.filter((w) => !noise.has(w));
    return telling.length ? telling : all;
  }

  // The word as it is, or without the ending of a plural or a verb.
  const forms = (w) => [w, ...['s', 'ed', 'ing'].filter((e) => w.length > e.length + 3 && w.endsWith(e)).map((e) => w.slice(0, -e.length))];

  // How well a word fits an item: 0 where it is nowhere.
  function wordScore(item, word) {
    for (const w of forms(word)) {
      if (item.names.some((n) => begins(n, w))) return 10;
      if (item.vendors.some((n) => begins(n, w))) return 8;
      if (item.said.some((s) => begins(s, w))) return 6;
      if (item.card.includes(' ' + w)) return 2;
    }
    return 0;
  }

  // How well an item fits, and how many of the words it has.
  function score(item, asked) {
    if (asked.length === 1 && /^[1-9](\d{0,2}|\d?x{1,2})$/.test(asked[0])) {
      return { score: 100, has: item.code.startsWith(asked[0].replace(/x+$/, '')) ? 1 : 0 };
    }
    const query = asked.join(' ');
    const scores = asked.map((w) => wordScore(item, w));
    let sum = scores.reduce((a, b) => a + b) / asked.length;
    if (item.names.includes(query)) sum += 60;
    else if (item.names.some((n) => n.startsWith(query))) sum += 40;
    else if (item.said.includes(query)) sum += 30 - item.said.indexOf(query) / 10;
    else if (item.said.some((s) => s.startsWith(query))) sum += 20;
    else if (item.said.some((s) => begins(s, query))) sum += 10;
    // A saying of several words that are all in the query says more than its words.
    const said = [...item.names, ...item.said].map(wordsOf).filter((s) => s.length > 1 && s.every((word) => asked.some((w) => word.startsWith(w))));
    sum += 8 * Math.max(0, ...said.map((s) => s.length));
    if (item.names.some((n) => squash(n).startsWith(squash(query)))) return { score: sum + 40, has: asked.length };
    return { score: sum, has: scores.filter((s) => s > 0).length };
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
    const asked = wordsOf(query);
    const all = items.map((item) => ({ item, ...score(item, asked) })).sort((a, b) => b.has - a.has || b.score - a.score);
    const most = all[0].has;
    const hits = most * 2 > asked.length || most === asked.length ? all.filter((h) => h.has === most) : [];
    for (const h of hits) list.append(h.item.li);
    if (hits.length === 0) found.textContent = 'Nothing is known of these words. Fewer may help.';
    else {
      const count = hits.length === 1 ? '1 code. Enter opens it.' : `${hits.length} codes, the likeliest first. Enter opens the first.`;
      found.textContent = most < asked.length ? `None has all of these words; nearest are ${count}` : count;
    }
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
