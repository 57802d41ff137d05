import Upload from "lucide-react/icons/upload";

export function DropCurtain({ text }: { text: string }) {
  return (
    <div className="drop-curtain" aria-hidden="true">
      <p>
        <Upload size={20} /> {text}
      </p>
    </div>
  );
}
