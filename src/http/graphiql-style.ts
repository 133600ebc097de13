/** Styles for what is around GraphiQL: the notice above, the calls below each answer, the fit to a narrow window. */
export const graphiqlStyle = `
body {
  display: flex;
  flex-direction: column;
  height: 100dvh;
  margin: 0;
}

#root {
  flex: 1 1 0;
  height: auto;
  min-height: 0;
}

#root .graphiql-container {
  width: 100%;
  height: 100%;
}

#simulated {
  margin: 0;
  padding: 6px 16px;
  background: #fdf3dc;
  color: #6b4700;
  font: 14px/1.4 Roboto, system-ui, sans-serif;
  text-align: center;
}

@media (prefers-color-scheme: dark) {
  #simulated {
    background: #37290f;
    color: #f0c063;
  }
}

#calls {
  flex: none;
  max-height: 40%;
  padding: 10px 16px 12px;
  overflow: auto;
  border-top: 1px solid hsla(var(--color-neutral), 0.15);
  color: hsl(var(--color-neutral));
  font: 13px/1.4 Roboto, system-ui, sans-serif;
}

#calls[hidden] {
  display: none;
}

#calls h2 {
  margin: 0 0 6px;
  font-size: 13px;
  font-weight: 500;
}

#calls table {
  width: 100%;
  border-collapse: collapse;
  font-variant-numeric: tabular-nums;
}

#calls th,
#calls td {
  padding: 2px 12px 2px 0;
  font-weight: 400;
  text-align: left;
  white-space: nowrap;
}

#calls th {
  opacity: 0.7;
}

#calls .track {
  width: 45%;
  padding-right: 0;
}

#calls .bar {
  display: block;
  min-width: 3px;
  height: 10px;
  border-radius: 3px;
  background: hsl(var(--color-info));
}

#calls .failed .bar {
  background: hsl(var(--color-error));
}

@media (max-width: 760px) {
  .graphiql-container .graphiql-sidebar {
    width: 40px;
  }

  .graphiql-container .graphiql-logo {
    display: none;
  }

  .graphiql-container #graphiql-session {
    flex-direction: column;
  }

  .graphiql-container #graphiql-session > .graphiql-editors,
  .graphiql-container #graphiql-session > .graphiql-response {
    min-height: 0;
    flex: 1 !important;
  }

  .graphiql-container .graphiql-horizontal-drag-bar {
    display: none;
  }

  /* The bars matter more than the end of a long id. */
  #calls td:first-child {
    max-width: 110px;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  #calls .track {
    width: 30%;
  }
}
`;
