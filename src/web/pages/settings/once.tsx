/** Something that is shown once: copied, or gone. */

import { useState } from "react";
import { Button } from "../../ui/button.tsx";

export function Once({ text, says }: { readonly text: string; readonly says: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="once" role="status">
      <p>{says}</p>
      <code className="hash">{text}</code>{" "}
      <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
        {copied ? "Copied" : "Copy"}
      </Button>
    </div>
  );
}
