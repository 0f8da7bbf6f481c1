declare module 'svg-to-pdfkit' {
  interface Options {
    readonly width?: number;
    readonly height?: number;
    /** A unit of the SVG is a point, not three quarters of one. */
    readonly assumePt?: boolean;
    readonly preserveAspectRatio?: string;
    readonly fontCallback?: (family: string, bold: boolean, italic: boolean) => string;
    readonly warningCallback?: (fault: string) => void;
  }
  const SVGtoPDF: (doc: PDFKit.PDFDocument, svg: string, x: number, y: number, options: Options) => void;
  export default SVGtoPDF;
}
